import pytest

from attachments.sizes import file_size

KB, MB, GB = 1024, 1024**2, 1024**3


@pytest.mark.parametrize(
    ("size", "english", "spanish"),
    [
        (0, "0 bytes", "0 bytes"),
        (1, "1 byte", "1 byte"),
        (512, "512 bytes", "512 bytes"),
        (1023, "1023 bytes", "1023 bytes"),
        (KB, "1 KB", "1 KB"),
        (1536, "1.5 KB", "1,5 KB"),
        (round(125.99 * KB), "125.99 KB", "125,99 KB"),
        (round(544.13 * KB), "544.13 KB", "544,13 KB"),
        (round(647.2 * KB), "647.2 KB", "647,2 KB"),
        (round(760.35 * KB), "760.35 KB", "760,35 KB"),
        (round(868.77 * KB), "868.77 KB", "868,77 KB"),
        (round(1.38 * MB), "1.38 MB", "1,38 MB"),
        (round(2.34 * MB), "2.34 MB", "2,34 MB"),
        (1023 * KB + 512, "1023.5 KB", "1023,5 KB"),
        (MB - 1, "1 MB", "1 MB"),
        (GB - 1, "1 GB", "1 GB"),
        (3 * GB // 2, "1.5 GB", "1,5 GB"),
        (2048 * GB, "2048 GB", "2048 GB"),
    ],
)
def test_file_size_is_written_in_the_format_of_the_language(size, english, spanish):
    texts = [file_size(size, language).replace("\u00a0", " ") for language in ("en", "es")]

    assert texts == [english, spanish]


@pytest.mark.parametrize("size", [512, 1536])
def test_file_size_keeps_number_and_unit_on_one_line(size):
    assert file_size(size, "en").split("\u00a0") == file_size(size, "en").split()
