/**
 * The arithmetic of training on {@code float[]}: matrix products, attention, the cross-entropy
 * head, norms, rotary positions, SwiGLU and AdamW. {@link
 * io.gristmill.trainer.kernel.ScalarKernels} is the definition; {@link
 * io.gristmill.trainer.kernel.VectorKernels} gives the same bits at 128, 256 and 512 bits. Nothing
 * here knows of models or files.
 */
package io.gristmill.trainer.kernel;
