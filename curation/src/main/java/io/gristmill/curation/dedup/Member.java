package io.gristmill.curation.dedup;

/**
 * A place in a component.
 *
 * @param root the smallest node of the component
 * @param clusterSize documents in the component
 */
record Member(Node root, int clusterSize) {}
