"""Words that tell no text from another."""

STOP = frozenset(
    "a an and are as at be been but by can could did do does for from had has have how i if in into is it its just me "
    "my no not of on or our so than that the their them then there these they this those to too us very was we were "
    "what when where which who why will with would you your".split()
)
