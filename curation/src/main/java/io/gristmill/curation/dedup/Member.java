package io.gristmill.curation.dedup;

import org.apache.parquet.example.data.Group;

/**
 * A place in a component.
 *
 * @param root the smallest node of the component
 * @param clusterSize documents in the component
 * @param group components that are too large to be verified as one fall into groups; the document
 *     is compared with those of its own
 */
record Member(Node root, int clusterSize, long group) {
  /** From a row of {@link Members}. */
  static Member fromGroup(Group row) {
    return new Member(
        new Node(
            row.getLong(Members.ROOT_RANK, 0),
            row.getLong(Members.ROOT_ID_HIGH, 0),
            row.getLong(Members.ROOT_ID_LOW, 0),
            row.getLong(Members.ROOT_AT, 0)),
        row.getInteger(Members.SIZE, 0),
        row.getLong(Members.GROUP, 0));
  }
}
