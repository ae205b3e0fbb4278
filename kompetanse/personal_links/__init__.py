"""How a newcomer comes in to her own pages: a link or a code that is spent once, then a device that she keeps."""
