/// What every cloud's wire protocol stands on: a loopback HTTP listener, requests and answers.
@NullMarked
package org.deepseekplugin.emulator.wire;

import org.jspecify.annotations.NullMarked;
