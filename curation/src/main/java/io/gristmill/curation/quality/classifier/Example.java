package io.gristmill.curation.quality.classifier;

import java.io.Serializable;

/** The features of a text and whether it is wanted. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Example(boolean wanted, int[] indices, float[] weights) implements Serializable {}
