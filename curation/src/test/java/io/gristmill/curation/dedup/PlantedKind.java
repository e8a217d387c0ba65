package io.gristmill.curation.dedup;

/** What a document of a {@link PlantedCorpus} has in common with others. */
enum PlantedKind {
  /** Pairs at the levels of {@link PlantedConfig#levels}: stretches all over the text differ. */
  NEAR(2),
  /** The same text. */
  EXACT(3),
  /** The same Chinese text in simplified and in traditional characters. */
  TRADITIONAL(2),
  /** The same English text in half-width and in full-width characters. */
  FULL_WIDTH(2),
  /** The same content between the boilerplate of different sites, which others have too. */
  BOILERPLATE(2),
  /** Another content in the same template, which is most of the text: no duplicates. */
  TEMPLATE(4),
  /** All of them edits of one text. */
  CLUSTER(PlantedKind.ALL),
  /** A short header puts all of them into one bucket of the first band: no duplicates. */
  BUCKET(1),
  /** Nothing. */
  SINGLE(1);

  private static final long ALL = Long.MAX_VALUE;

  private final long familySize;

  PlantedKind(long familySize) {
    this.familySize = familySize;
  }

  /** Documents in a family; those of different families have nothing in common. */
  long familySize() {
    return familySize;
  }

  /** The most documents up to a number that are whole families. */
  long whole(long documents) {
    return familySize == ALL ? documents : documents - documents % familySize;
  }
}
