-- Every node asks which replica its machine is a member of.
create index replica_member_instance on replica_member (instance);
