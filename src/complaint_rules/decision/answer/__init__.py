"""What a decision is made of, and how it is written and read: objects, JSON, texts, instants."""
