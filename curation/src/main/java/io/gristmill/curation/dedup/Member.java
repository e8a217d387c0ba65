package io.gristmill.curation.dedup;

/**
 * A place in a component.
 *
 * @param root the smallest node of the component
 * @param clusterSize documents in the component
 * @param group components that are too large to be verified as one fall into groups; the document
 *     is compared with those of its own
 */
record Member(Node root, int clusterSize, long group) {}
