// SPDX-License-Identifier: Apache-2.0
/** Scheme data as text: the subset that manifests and their properties are written in. Nothing is evaluated. */
@NullMarked
package dev.cairn.scheme;

import org.jspecify.annotations.NullMarked;
