"""The pages of the web client: server-rendered, the same services as REST, never HTTP to itself."""
