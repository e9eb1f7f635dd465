"""Pages for invited bodies and for coordinators."""
