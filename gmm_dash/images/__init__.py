"""Users' images: any bytes in, bounded pixels or one clear sentence out.

:meth:`store.ImageStore.take` is the whole way of an image: read in a limited child process,
then store. Nothing is imported here: the child process that unpacks an image loads this
package, too, and must not pay for what only the server needs.
"""
