"""Keep the memory of a process small after it has worked; loads nothing."""

from ctypes import CDLL


def return_freed_memory() -> None:
    """Give back to the system what the C library keeps of freed memory for later objects."""
    if trim := getattr(CDLL(None), "malloc_trim", None):  # of glibc
        trim(0)
