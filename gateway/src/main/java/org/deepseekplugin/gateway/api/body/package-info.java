/// Takes in a request: its body, and what routing needs out of it, checked without a tree.
@NullMarked
package org.deepseekplugin.gateway.api.body;

import org.jspecify.annotations.NullMarked;
