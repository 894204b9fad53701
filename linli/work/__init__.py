"""Work floor: what people do. Evidence is born here, once; no working room knows another."""
