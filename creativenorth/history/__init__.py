from creativenorth.history.recording import recorded, recorded_links

__all__ = ["recorded", "recorded_links"]
