package org.deepseekplugin.emulator.aws.ec2;

import java.util.Set;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.machines.Launch;
import org.deepseekplugin.emulator.machines.Machines;

/// Makes machines. The launch is in the book, on the disk, before this returns.
final class RunInstances implements Ec2Action {
    private final Machines machines;
    private final LaunchForm form;
    private final InstanceXml xml;
    private final Ids ids;

    RunInstances(Machines machines, LaunchForm form, InstanceXml xml, Ids ids) {
        this.machines = machines;
        this.form = form;
        this.xml = xml;
        this.ids = ids;
    }

    @Override
    public Set<String> parameters() {
        return Set.of(
                "ImageId",
                "InstanceType",
                "MinCount",
                "MaxCount",
                "ClientToken",
                "Placement",
                "SubnetId",
                "SecurityGroupId",
                "SecurityGroup",
                "KeyName",
                "UserData",
                "TagSpecification",
                "InstanceMarketOptions",
                "InstanceInitiatedShutdownBehavior",
                "IamInstanceProfile",
                "BlockDeviceMapping",
                "NetworkInterface",
                "MetadataOptions",
                "Monitoring",
                "EbsOptimized",
                "DisableApiTermination",
                "PrivateDnsNameOptions");
    }

    @Override
    public boolean rehearses() {
        return true;
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var order = form.read(call);
        boolean dry = call.params().flag("DryRun");
        var result = dry ? machines.rehearse(order, ids) : machines.launch(order, ids);
        var launch = LaunchAnswers.accepted(result, order);
        if (dry) {
            throw Ec2Service.dryRunPassed();
        }
        answer(launch, out);
    }

    private void answer(Launch launch, Xml out) {
        var made =
                launch.machines().stream()
                        .flatMap(placed -> machines.find(placed.id()).stream())
                        .toList();
        xml.reservation(out, launch, made);
    }
}
