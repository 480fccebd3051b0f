"""What other apps do when an account is opened or closed."""

from creativenorth.hooks import Hook

account_opened = Hook(
    "Called with a user once the address is confirmed, and again for each further address or merged account."
)
account_closed = Hook("Called with a user, in the transaction that closes the account.")
