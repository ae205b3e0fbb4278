"""The newcomer's own pages: in her language, without an account, about nobody but her."""
