// SPDX-License-Identifier: Apache-2.0
/**
 * Readers of what comes from outside, given what nobody would write. In an ordinary run each test is given the inputs
 * of its folder under the resources, some of which were findings; with the profile {@code fuzz} it makes up new ones.
 */
@org.jspecify.annotations.NullMarked
package dev.cairn.fuzz;
