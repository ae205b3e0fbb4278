"""Links text in any language to concepts by their labels: pure computation over one pooled index of labels."""
