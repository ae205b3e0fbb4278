"""The mapping conversation on a screen between coordinator and newcomer: one question a page, in two languages."""
