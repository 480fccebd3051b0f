from creativenorth.staff.pages import staff_page

__all__ = ["staff_page"]
