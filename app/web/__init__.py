"""The host: pages, API, socket and assets over FastAPI. It schedules what sessions compute, and guards the door."""
