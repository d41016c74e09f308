package org.deepseekplugin.cloud.spi;

import java.util.List;

/// A provider of machines. One driver speaks for one account of one cloud.
///
/// Methods block and are called from many virtual threads at once. A refusal is an ordinary return
/// value; what a method cannot answer at all (no network, credentials missing) is a
/// [CloudException]. Every call to the cloud goes through [CloudCalls], which gives it a deadline,
/// the account's rate budget and an audit record.
public interface CloudDriver extends AutoCloseable {

    Capabilities capabilities();

    /// What could be rented now, as far as the catalogue and the account know; refusals are learnt
    /// by asking.
    ///
    /// @throws CloudException when the cloud cannot be asked
    List<Offer> offers(OfferQuery query);

    /// Rents machines. Idempotent for the request's token: the same request, byte by byte, after
    /// any failure or restart makes no second machine and answers with the first ones, where
    /// [Capabilities.TokenScope] says so. Never throws for what the cloud said; a lost answer is
    /// [AllocationResult.Unknown].
    AllocationResult allocate(AllocationRequest request);

    /// Every machine that carries the owner's tag, in every region the driver is configured for,
    /// terminated ones only as long as the cloud still lists them. Complete, or it throws: a page
    /// that fails never makes a shorter fleet. May lag behind the truth by
    /// [Capabilities#listingLag].
    ///
    /// @throws CloudException when any page could not be read
    InstanceListing list(OwnerTag owner);

    /// Gives a machine back, with everything that was made for it. Safe to repeat; a machine that
    /// is gone already is success.
    Termination terminate(InstanceId id);

    @Override
    void close();
}
