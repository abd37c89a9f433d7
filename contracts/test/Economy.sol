// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICredits} from "../src/interfaces/ICredits.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {PaymentRule} from "../src/libraries/PaymentRule.sol";
import {Deployment} from "./Deployment.sol";
import {MoneyTree} from "./support/MoneyTree.sol";

/// @title A whole economy that forge drives in random order
/// @notice Customers buy and reserve, prices move, verifiers charge and settle, providers claim, payers take back. The
/// honest verifiers keep their own books as protocol.md says, and no step of theirs may fail; forged results are signed
/// by all verifiers and may do anything.
contract Economy is Deployment {
    uint256 private constant ACTORS = 4;
    uint256 private constant MAX_OPEN = 12;

    /// @dev A reservation as the verifiers book it.
    struct Deal {
        bytes32 id;
        uint32 network;
        address seller;
        uint256 credits;
        uint256 basis;
        uint256 charged;
        uint64 lastEpoch;
        bool released;
    }

    Deal[] private _deals;
    mapping(address seller => mapping(uint32 network => uint256)) private _earned;

    /// @dev Charges of the epoch that is being closed.
    mapping(uint8 kind => mapping(uint32 network => uint256)) private _pending;

    /// @dev The tree under the latest root, in the order of its leaves.
    bytes32[] private _tree;
    mapping(address seller => mapping(uint32 network => uint256)) private _settledEarned;
    mapping(bytes32 id => uint256) private _settledCharge;
    mapping(bytes32 id => bool) private _inTree;

    uint256 public paid;
    uint256 public consumed;
    bool public forged;
    mapping(string action => uint256) public done;

    address[] private _actors;

    function start() external {
        setUp();
        for (uint256 i = 0; i < ACTORS; ++i) {
            _actors.push(accountOf(string.concat("actor ", vm.toString(i))));
        }
        setPrices(2e8, 2e8);
    }

    function movePrices(uint32 a, uint16 apart, uint8 slots) external {
        uint256 price = bound(a, 1e4, 1e10);
        vm.warp(block.timestamp + bound(slots, 1, 20) * SLOT_SECONDS);
        setPrices(price, price + price * (apart % 600) / 10_000);
        ++done["movePrices"];
    }

    function buyCredits(uint8 actor, uint96 tokens) external {
        address payer = _actor(actor);
        uint256 amount = bound(tokens, 1e6, 1_000e18);
        if (token.balanceOf(address(this)) < amount) return;
        fund(payer, amount, address(credits));
        vm.prank(payer);
        try credits.buy(amount, 0) {
            ++done["buyCredits"];
        } catch {
            vm.prank(payer);
            token.transfer(address(this), amount);
        }
    }

    function reserveCredits(uint8 actor, uint8 seller, uint128 share, uint8 epochs) external {
        address payer = _actor(actor);
        (uint256 free,) = credits.account(payer);
        if (free == 0 || _open() >= MAX_OPEN) return;
        uint256 amount = bound(share, 1, free);
        uint32 network = seller % 2 == 0 ? NETWORK : OTHER_NETWORK;
        uint64 lastEpoch = clock.epochAt(block.timestamp) + epochs % 3;
        vm.prank(payer);
        bytes32 id = credits.reserve(network, _actor(seller), amount, lastEpoch);
        ICredits.Reservation memory item = credits.reservation(id);
        _deals.push(Deal(id, network, item.seller, item.credits, item.basis, 0, lastEpoch, false));
        ++done["reserveCredits"];
    }

    /// @dev Verifiers count evidence for one reservation, by the payment rule.
    function charge(uint256 which, uint128 share) external {
        if (_deals.length == 0) return;
        Deal storage deal = _deals[which % _deals.length];
        if (deal.released || results.nextEpoch() > deal.lastEpoch || deal.charged == deal.credits) return;
        uint256 amount = bound(share, 1, deal.credits - deal.charged);
        uint256 basis = PaymentRule.basisConsumed(deal.credits, deal.basis, deal.charged, deal.charged + amount);
        uint256 payment = PaymentRule.payment(basis, amount, oracle.priceHigh(), M_BPS);
        deal.charged += amount;
        _earned[deal.seller][deal.network] += payment;
        _pending[MoneyLeaf.PAYMENT][deal.network] += payment;
        _pending[MoneyLeaf.CHARGE][deal.network] += amount;
        _pending[MoneyLeaf.BASIS][deal.network] += basis;
        paid += payment;
        consumed += basis;
        ++done["charge"];
    }

    function settleEpoch() external {
        IResults.Total[] memory totals = new IResults.Total[](6);
        for (uint256 i = 0; i < 6; ++i) {
            (uint8 kind, uint32 network) = (uint8(1 + i / 2), uint32(1 + i % 2));
            totals[i] = IResults.Total(kind, network, _pending[kind][network]);
            delete _pending[kind][network];
        }
        bytes32[] memory tree = MoneyTree.build(_leaves());
        try this.settleOutside(tree[0], totals) {
            _tree = tree;
            ++done["settleEpoch"];
        } catch {
            vm.assertTrue(forged);
        }
    }

    function settleOutside(bytes32 root, IResults.Total[] calldata totals) external {
        require(msg.sender == address(this));
        settleFinal(root, totals);
    }

    function claimPayments(uint8 actor) external {
        address seller = _actor(actor);
        for (uint32 network = NETWORK; network <= OTHER_NETWORK; ++network) {
            uint256 cumulative = _settledEarned[seller][network];
            if (_tree.length == 0 || cumulative <= claims.claimed(MoneyLeaf.PAYMENT, seller, network)) continue;
            bytes32[] memory proof = MoneyTree.proofOf(_tree, paymentLeaf(seller, network, cumulative));
            try claims.claim(MoneyLeaf.PAYMENT, seller, network, cumulative, proof) {
                ++done["claimPayments"];
            } catch {
                vm.assertTrue(forged);
            }
        }
    }

    function releaseReservation(uint256 which) external {
        if (_deals.length == 0) return;
        Deal storage deal = _deals[which % _deals.length];
        if (deal.released || !_inTree[deal.id] || results.nextEpoch() <= deal.lastEpoch) return;
        uint256 charged = _settledCharge[deal.id];
        bytes32 leaf = MoneyLeaf.hash(MoneyLeaf.CHARGE, deal.network, deal.id, charged);
        try credits.release(deal.id, charged, MoneyTree.proofOf(_tree, leaf)) {
            deal.released = true;
            ++done["releaseReservation"];
        } catch {
            vm.assertTrue(forged);
        }
    }

    /// @dev All verifiers sign totals that nobody earned; the chain takes them or not.
    function forgeResult(uint96 payment, uint96 amount, uint96 basis, bool other) external {
        IResults.Result memory result =
            nextResult(keccak256("forged"), totalsOf(other ? OTHER_NETWORK : NETWORK, payment, amount, basis));
        uint256 deadline = clock.commitDeadlineOf(result.epoch);
        if (block.timestamp < deadline) vm.warp(deadline);
        try results.submit(result, signatures(results.resultDigest(result), VERIFIERS)) {
            forged = true;
            consumed += basis;
            paid += payment;
            delete _tree;
            for (uint256 i = 0; i < _deals.length; ++i) {
                delete _inTree[_deals[i].id];
            }
            ++done["forgeResult"];
        } catch {
            ++done["forgeRefused"];
        }
    }

    /// @dev The books of the contracts, read through their getters.
    function check() external view {
        ICredits.Sums memory sums = credits.sums();
        ICredits.NetworkSums memory one = credits.networkSums(NETWORK);
        ICredits.NetworkSums memory two = credits.networkSums(OTHER_NETWORK);
        vm.assertEq(
            sums.issuedCredits,
            uint256(sums.freeCredits) + one.reservedCredits + one.chargedCredits + two.reservedCredits
                + two.chargedCredits,
            "credits issued = free + reserved + charged"
        );
        vm.assertEq(
            sums.issuedBasis,
            uint256(sums.freeBasis) + one.reservedBasis + one.consumedBasis + two.reservedBasis + two.consumedBasis,
            "basis issued = free + reserved + consumed"
        );
        (uint256 freeCredits, uint256 freeBasis) = _freeOfActors();
        vm.assertEq(sums.freeCredits, freeCredits, "free credits are those of the accounts");
        vm.assertEq(sums.freeBasis, freeBasis, "free basis is that of the accounts");

        uint256 claimed =
            claims.claimedTotal(MoneyLeaf.PAYMENT, NETWORK) + claims.claimedTotal(MoneyLeaf.PAYMENT, OTHER_NETWORK);
        uint256 funded = claims.fundedTotal();
        vm.assertEq(token.totalSupply(), SUPPLY - sums.issuedBasis + funded, "supply = genesis - burned + funded");
        vm.assertEq(token.balanceOf(address(claims)), funded - claimed, "funded = claimed + not claimed yet");
        for (uint32 network = NETWORK; network <= OTHER_NETWORK; ++network) {
            uint256 authorised = results.authorised(MoneyLeaf.PAYMENT, network);
            ICredits.NetworkSums memory its = credits.networkSums(network);
            vm.assertLe(claims.claimedTotal(MoneyLeaf.PAYMENT, network), authorised, "claimed <= authorised");
            vm.assertLe(authorised * 10_000, uint256(its.consumedBasis) * (10_000 - M_BPS), "paid <= (1 - m) basis");
            vm.assertEq(results.authorised(MoneyLeaf.BASIS, network), its.consumedBasis, "basis settled");
            vm.assertEq(results.authorised(MoneyLeaf.CHARGE, network), its.chargedCredits, "charges settled");
        }
        vm.assertLe(paid * 10_000, consumed * (10_000 - M_BPS), "verifiers pay <= (1 - m) basis");
    }

    /// @dev After every reservation came back nothing of the honest economy is stuck or missing.
    function checkReservations() external view {
        uint256[3] memory left;
        for (uint256 i = 0; i < _deals.length; ++i) {
            if (_deals[i].released) continue;
            left[_deals[i].network] += _deals[i].credits - _deals[i].charged;
        }
        for (uint32 network = NETWORK; network <= OTHER_NETWORK; ++network) {
            vm.assertEq(
                credits.networkSums(network).reservedCredits,
                left[network] + _pending[MoneyLeaf.CHARGE][network],
                "reserved = open reservations"
            );
        }
    }

    function _leaves() private returns (bytes32[] memory leaves) {
        leaves = new bytes32[](_deals.length + 2 * ACTORS);
        uint256 count = 0;
        for (uint256 i = 0; i < _deals.length; ++i) {
            Deal storage deal = _deals[i];
            leaves[count++] = MoneyLeaf.hash(MoneyLeaf.CHARGE, deal.network, deal.id, deal.charged);
            _settledCharge[deal.id] = deal.charged;
            _inTree[deal.id] = true;
        }
        for (uint256 i = 0; i < 2 * ACTORS; ++i) {
            (address seller, uint32 network) = (_actor(i / 2), uint32(1 + i % 2));
            leaves[count++] = paymentLeaf(seller, network, _earned[seller][network]);
            _settledEarned[seller][network] = _earned[seller][network];
        }
    }

    function _freeOfActors() private view returns (uint256 freeCredits, uint256 freeBasis) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            (uint256 free, uint256 basis) = credits.account(_actor(i));
            freeCredits += free;
            freeBasis += basis;
        }
    }

    function _open() private view returns (uint256 count) {
        for (uint256 i = 0; i < _deals.length; ++i) {
            if (!_deals[i].released) ++count;
        }
    }

    function _actor(uint256 number) private view returns (address) {
        return _actors[number % ACTORS];
    }
}
