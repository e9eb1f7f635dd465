"""How the administration writes dates and hours in Spanish."""

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = r"j M Y"
SHORT_DATETIME_FORMAT = r"j M Y, H:i"
