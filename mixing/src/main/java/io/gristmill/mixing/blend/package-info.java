/**
 * Which component each training sequence comes from, and which shard group within the component:
 * exact orders in integer arithmetic, every position reachable directly.
 */
package io.gristmill.mixing.blend;
