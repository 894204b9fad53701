"""Pages of the room: lists, one request and its steps, paper slips, figures, routes; and complaints, apart."""
