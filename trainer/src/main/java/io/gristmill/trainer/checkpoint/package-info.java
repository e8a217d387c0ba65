/**
 * Checkpoints: folders {@code step-NNNNNN} that Hugging Face libraries load as a model, with the
 * optimizer's state and the place in the run beside it, on any Hadoop file system. A manifest of
 * lengths and checksums is written last; a folder whose manifest does not hold is named and passed
 * over. Nothing inside tells the time, the host, or how many workers there were.
 */
package io.gristmill.trainer.checkpoint;
