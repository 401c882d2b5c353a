"""What a database tells of its trouble."""

import pytest
import sqlalchemy as sa


def test_an_error_does_not_tell_a_customers_words(empty: sa.Engine) -> None:
    with empty.begin() as connection, pytest.raises(sa.exc.SQLAlchemyError) as caught:
        connection.execute(sa.text("insert into nowhere values (:words)"), {"words": "ada@example.com"})
    assert "nowhere" in str(caught.value)
    assert "ada@example.com" not in str(caught.value)
