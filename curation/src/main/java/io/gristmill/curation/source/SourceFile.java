package io.gristmill.curation.source;

import java.io.Serializable;

/**
 * One file of the input.
 *
 * @param path where it is, as a full Hadoop path
 * @param relative the name of the configured file or folder and the path below it, with '/'; unique
 *     in a listing, and all that documents know of where they came from
 * @param length bytes
 * @param modified milliseconds since 1970
 * @param config the input that it belongs to
 */
public record SourceFile(
    String path,
    String relative,
    SourceFormat format,
    long length,
    long modified,
    SourceConfig config)
    implements Serializable {}
