"""The policy library for complaints."""
