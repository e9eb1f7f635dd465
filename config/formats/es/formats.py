"""Spanish formats of dates and times in the administration: 24 hours with a colon."""

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = r"j M Y"
SHORT_DATETIME_FORMAT = r"j M Y, H:i"
