package io.gristmill.trainer.kernel;

/**
 * Products of operands rounded to bfloat16, summed in 32 bits by oneDNN. Operands are rounded where
 * they are used, which leaves no copy that could be stale.
 */
final class Bf16Products implements Products {
  private final OneDnn library;

  private Bf16Products(OneDnn library) {
    this.library = library;
  }

  /**
   * Loads the library, once in a process.
   *
   * @throws IllegalArgumentException if it is absent, or the machine has no such instructions
   */
  static Bf16Products load() {
    return new Bf16Products(OneDnn.load());
  }

  @Override
  public String description() {
    return "; products in bf16 by " + library.description();
  }

  @Override
  public String instructions() {
    return library.instructions();
  }

  @Override
  public void multiply(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch, boolean add) {
    short[] left = scratch.bf16.left(a.rows() * a.columns());
    short[] right = scratch.bf16.right(b.rows() * b.columns());
    Bfloat16.round(a, left);
    Bfloat16.round(b, right);
    library.multiply(form, left, right, c, form.depth(a), add);
  }

  @Override
  public HeadProducts head(Matrix hidden, Matrix table, Scratch scratch) {
    return new Bf16HeadProducts(hidden, table, scratch, library);
  }
}
