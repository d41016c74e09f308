/// How AWS is spoken to: signatures, Query forms, XML, errors; one endpoint for all its services.
@NullMarked
package org.deepseekplugin.emulator.aws.protocol;

import org.jspecify.annotations.NullMarked;
