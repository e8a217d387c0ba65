package io.gristmill.trainer.kernel;

/**
 * The scalars of one AdamW update, in the order of PyTorch: with g = gradient gradientScale,
 *
 * <pre>
 *   p = p decay
 *   m = m + (1 - beta1) (g - m)
 *   v = beta2 v + (1 - beta2) g g
 *   p = p - stepSize m / (sqrt(v) rootScale + epsilon)
 * </pre>
 *
 * @param gradientScale what the gradient is multiplied by first (clipping, mean over tokens)
 * @param decay 1 - learning rate * weight decay; 1 for none
 * @param stepSize learning rate / (1 - beta1^t)
 * @param rootScale 1 / sqrt(1 - beta2^t)
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019, algorithm 2</a>
 */
public record AdamWStep(
    float gradientScale,
    float decay,
    float beta1,
    float beta2,
    float stepSize,
    float rootScale,
    float epsilon) {}
