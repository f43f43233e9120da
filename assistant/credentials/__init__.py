"""What a credential means for an employer: names in a question, facts with their pages, the card, the kinds."""
