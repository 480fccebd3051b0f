from creativenorth.publishing.public_data import public_data

__all__ = ["public_data"]
