"""The web page: goals beside a conversation. Knows nothing about how goals are drafted or judged."""
