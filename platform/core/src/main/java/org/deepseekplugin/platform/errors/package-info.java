/// One way to fail: [PlatformException] with an [ErrorCode], shown as [Problem] (RFC 9457) or in
/// OpenAI's shape.
@NullMarked
package org.deepseekplugin.platform.errors;

import org.jspecify.annotations.NullMarked;
