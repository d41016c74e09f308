/// AWS as its SDKs see it: signatures, EC2's Query protocol, STS, SSM and instance metadata.
@NullMarked
package org.deepseekplugin.emulator.aws;

import org.jspecify.annotations.NullMarked;
