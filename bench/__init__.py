"""The benchmarks: what a user waits for, beside what a user would pick instead."""
