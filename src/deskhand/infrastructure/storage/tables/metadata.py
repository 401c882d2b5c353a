"""What all tables hang on, and the kind of column that counts up by itself."""

import sqlalchemy as sa

metadata = sa.MetaData()
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # only INTEGER counts up by itself on SQLite
