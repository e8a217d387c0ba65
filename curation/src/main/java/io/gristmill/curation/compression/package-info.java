/**
 * Files as members that are decompressed one after the other: gzip members, LZ4 frames, a zstd
 * stream or the plain bytes. Positions are offsets in the file as it lies on storage, and after
 * damage a reader can go on at the next member that is verified to be one.
 */
package io.gristmill.curation.compression;
