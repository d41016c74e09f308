"""Drives the emulated AWS with boto3: launches, lists, tokens, refusals. Ends with 0 if all is as in AWS."""
import json
import sys
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

with open(sys.argv[1]) as file:
    aws = json.load(file)


def client(service, **other):
    values = {
        "region_name": aws["region"],
        "endpoint_url": aws["endpoint"],
        "aws_access_key_id": aws["access_key_id"],
        "aws_secret_access_key": aws["secret_access_key"],
        "config": Config(retries={"total_max_attempts": 1}, proxies={}),
    }
    return boto3.client(service, **{**values, **other})


def control(path, body):
    request = urllib.request.Request(aws["control"] + path, json.dumps(body).encode(), method="POST")
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).read()


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        actual = error.response["Error"]["Code"]
        assert actual == code, f"{actual} instead of {code}: {error}"
        return error.response["ResponseMetadata"]["HTTPStatusCode"]
    raise AssertionError(f"{code} was expected, but the call was accepted")


ec2 = client("ec2")
order = {"ImageId": aws["image_id"], "InstanceType": aws["instance_type"], "MinCount": 1, "MaxCount": 1}


def run(token, **more):
    return ec2.run_instances(**{**order, "ClientToken": token, **more})["Instances"][0]["InstanceId"]


assert client("sts").get_caller_identity()["Account"].isdigit()
parameter = "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id"
assert client("ssm").get_parameter(Name=parameter)["Parameter"]["Value"] == aws["image_id"]

# a token makes one machine in one zone, and means one request
tags = [{"ResourceType": "instance", "Tags": [{"Key": "owner", "Value": "boto <&> ü"}]}]
west_a = {"Placement": {"AvailabilityZone": "us-west-2a"}, "TagSpecifications": tags, "UserData": "#!/bin/sh\nexec sleep 1000\n"}
first = run("token", **west_a)
assert run("token", **west_a) == first
assert run("token", Placement={"AvailabilityZone": "us-west-2b"}) != first
refused("IdempotentParameterMismatch", ec2.run_instances, **{**order, **west_a, "ClientToken": "token", "MaxCount": 2})

ec2.get_waiter("instance_running").wait(InstanceIds=[first], WaiterConfig={"Delay": 1, "MaxAttempts": 20})
found = ec2.describe_instances(Filters=[{"Name": "tag:owner", "Values": ["boto <&> ü"]}])["Reservations"]
assert [i["InstanceId"] for r in found for i in r["Instances"]] == [first]
pages = ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5})
assert sum(len(r["Instances"]) for page in pages for r in page["Reservations"]) == 2

ec2.terminate_instances(InstanceIds=[first])
ec2.terminate_instances(InstanceIds=[first])
refused("IdempotentInstanceTerminated", ec2.run_instances, **{**order, **west_a, "ClientToken": "token"})
ec2.get_waiter("instance_terminated").wait(InstanceIds=[first], WaiterConfig={"Delay": 1, "MaxAttempts": 20})

# refusals
control("/capacity", {"zone": "us-west-2a", "count": 0})
assert refused("InsufficientInstanceCapacity", ec2.run_instances, **{**order, **west_a}) == 500
control("/quota", {"family": "g", "vcpus": 0})
refused("VcpuLimitExceeded", ec2.run_instances, **order)
refused("MaxSpotInstanceCountExceeded", ec2.run_instances, **order, InstanceMarketOptions={"MarketType": "spot"})
refused("InvalidParameterValue", ec2.run_instances, **{**order, "InstanceType": "p9.huge"})
refused("InvalidAMIID.NotFound", ec2.run_instances, **{**order, "ImageId": "ami-00000000000000000"})
refused("Unsupported", ec2.run_instances, **order, Placement={"AvailabilityZone": "us-west-2d"})
refused("InvalidInstanceID.NotFound", ec2.describe_instances, InstanceIds=["i-00000000000000000"])
refused("AuthFailure", client("ec2", aws_access_key_id="AKIASTRANGER").describe_regions)
refused("SignatureDoesNotMatch", client("ec2", aws_secret_access_key="wrong").describe_regions)
assert refused("DryRunOperation", ec2.describe_regions, DryRun=True) == 412
control("/fault", {"action": "*", "code": "RequestLimitExceeded", "times": 1})
assert refused("RequestLimitExceeded", ec2.describe_regions) == 503

# an answer that is lost after the work leaves one machine for its token
control("/quota", {"family": "g", "vcpus": 1000})
control("/fault", {"action": "RunInstances", "mode": "reset_after"})
try:
    run("lost")
    raise AssertionError("the answer should have been lost")
except ClientError:
    raise
except Exception as error:
    assert not isinstance(error, AssertionError), error
survivor = run("lost")
same = ec2.describe_instances(Filters=[{"Name": "client-token", "Values": ["lost"]}])["Reservations"]
assert [i["InstanceId"] for r in same for i in r["Instances"]] == [survivor]
assert len(ec2.describe_instance_type_offerings(LocationType="availability-zone")["InstanceTypeOfferings"]) > 100
print("all as in AWS")
