"""Mail to those who take part: of every step of a registration, of a change, and in staff's own words."""
