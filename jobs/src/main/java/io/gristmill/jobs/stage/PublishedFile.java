package io.gristmill.jobs.stage;

import java.io.Serializable;

/** One file of a published folder: path relative to the folder, bytes, and SHA-256 in hex. */
public record PublishedFile(String path, long length, String sha256) implements Serializable {}
