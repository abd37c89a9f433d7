// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IClaims} from "../src/interfaces/IClaims.sol";
import {ICredits} from "../src/interfaces/ICredits.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {PaymentRule} from "../src/libraries/PaymentRule.sol";
import {Deployment} from "./Deployment.sol";
import {MoneyTree} from "./support/MoneyTree.sol";

/// @title A whole economy that forge drives in random order
/// @notice Customers buy and reserve, prices move, verifiers charge and settle, providers claim, payers take back, epochs
/// are skipped, results voided, stakes move and are slashed. The actors, who pay and sell to each other, and the gateway,
/// who gets all of the operators' share, are one coalition. The honest verifiers keep their own books as protocol.md says,
/// and no step of theirs may fail; forged results are signed by all verifiers and may do anything.
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

    /// @dev The gateway of the coalition; who gets emission; an operator whose stake moves and is slashed.
    address private constant COALITION_GATEWAY = address(0xA1);
    address private constant EMITTED = address(0xA2);
    address private constant MOVER = address(0xA3);

    /// @dev What accounts earned of kinds 4 to 7, all of a kind and network being one account's.
    mapping(uint8 kind => mapping(uint32 network => uint256)) private _earnedOf;
    mapping(uint8 kind => mapping(uint32 network => uint256)) private _settledOf;
    uint256 private _slashAsked;
    uint256 private _settledSlash;

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
        uint256 operations = basis * M_OPS_BPS / 10_000;
        _earned[deal.seller][deal.network] += payment;
        _earnedOf[MoneyLeaf.OPERATIONS][deal.network] += operations;
        _pending[MoneyLeaf.OPERATIONS][deal.network] += operations;
        _pending[MoneyLeaf.PAYMENT][deal.network] += payment;
        _pending[MoneyLeaf.CHARGE][deal.network] += amount;
        _pending[MoneyLeaf.BASIS][deal.network] += basis;
        paid += payment;
        consumed += basis;
        ++done["charge"];
    }

    function settleEpoch() external {
        _earnEmission();
        IResults.Total[] memory totals = new IResults.Total[](12);
        for (uint256 i = 0; i < 12; ++i) {
            (uint8 kind, uint32 network) = i < 10 ? (uint8(1 + i / 2), uint32(1 + i % 2)) : (uint8(i - 4), 0);
            totals[i] = IResults.Total(kind, network, _pending[kind][network]);
            delete _pending[kind][network];
        }
        bytes32[] memory tree = MoneyTree.build(_leaves());
        try this.settleOutside(tree[0], totals) {
            _tree = tree;
            _recordSettled();
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
            if (_claim(MoneyLeaf.PAYMENT, seller, network, _settledEarned[seller][network])) ++done["claimPayments"];
        }
    }

    function claimShares(uint8 which) external {
        uint8 kind = MoneyLeaf.OPERATIONS + which % 4;
        uint32 network = kind < MoneyLeaf.DUTY ? NETWORK + which / 4 % 2 : 0;
        if (_claim(kind, _earnerOf(kind), network, _settledOf[kind][network])) ++done["claimShares"];
    }

    function fundClaims(uint32 pause) external {
        vm.warp(block.timestamp + pause % WINDOW_SECONDS);
        claims.fund();
        ++done["fundClaims"];
    }

    function releaseReservation(uint256 which) external {
        if (_deals.length == 0) return;
        Deal storage deal = _deals[which % _deals.length];
        // Skipped epochs move nextEpoch on, but are settled only by the result that covers them.
        (uint64 epoch,,) = results.finalised();
        if (deal.released || !_inTree[deal.id] || epoch < deal.lastEpoch) return;
        uint256 charged = _settledCharge[deal.id];
        bytes32 leaf = MoneyLeaf.hash(MoneyLeaf.CHARGE, deal.network, deal.id, charged);
        try credits.release(deal.id, charged, MoneyTree.proofOf(_tree, leaf)) {
            deal.released = true;
            ++done["releaseReservation"];
        } catch {
            vm.assertTrue(forged);
        }
    }

    /// @dev No result comes in time. Three or four verifiers are present; who was not restores its weight, or not.
    function skipEpoch(bool all, bool restores) external {
        uint64 epoch = results.nextEpoch();
        uint256 deadline = clock.commitDeadlineOf(epoch + SKIP_EPOCHS);
        if (block.timestamp < deadline) vm.warp(deadline);
        results.present(epoch, signatures(results.presenceDigest(epoch), all ? 4 : 3));
        results.skip(epoch);
        address last = vm.addr(verifierKeys[3]);
        if (restores && operators.member(VERIFIER, last).weight < STAKE) {
            vm.prank(last);
            operators.restore(VERIFIER);
        }
        ++done["skipEpoch"];
    }

    /// @dev Results that the council voids at once leave everything as it was.
    function voidResults(uint128 charge_, uint128 basis, uint8 count) external {
        uint64 from = results.nextEpoch();
        IResults.Result[] memory chain = new IResults.Result[](1 + count % 3);
        uint256 deadline = clock.commitDeadlineOf(from + uint64(chain.length) - 1);
        if (block.timestamp < deadline) vm.warp(deadline);
        bytes32 before = keccak256(_books());
        for (uint256 i = 0; i < chain.length; ++i) {
            chain[i] = nextResult(keccak256("void"), _possibleTotals(charge_, basis));
            settle(keccak256("void"), chain[i].totals);
        }
        vm.prank(address(council));
        results.voidFrom(from);
        for (uint256 i = chain.length; i > 0; --i) {
            results.rollback(chain[i - 1]);
        }
        vm.assertEq(keccak256(_books()), before);
        ++done["voidResults"];
    }

    /// @dev An operator joins, leaves and withdraws whenever it can; stake is out only when its exit is over.
    function moveStake(uint96 amount) external {
        if (operators.slashable(GATEWAY, MOVER) == 0) {
            fund(MOVER, STAKE + amount % STAKE, address(operators));
            vm.prank(MOVER);
            operators.join(GATEWAY, MOVER, "", STAKE + amount % STAKE);
        } else if (operators.exitOf(GATEWAY, MOVER).amount == 0) {
            vm.prank(MOVER);
            operators.leave(GATEWAY);
        } else if (_tree.length > 0) {
            uint64 release = operators.exitOf(GATEWAY, MOVER).releaseEpoch;
            bytes32[] memory proof = MoneyTree.proofOf(_tree, slashLeaf(GATEWAY, MOVER, _settledSlash));
            (uint64 epoch,,) = results.finalised();
            vm.prank(MOVER);
            try operators.withdraw(GATEWAY, _settledSlash, proof) {
                vm.assertGe(epoch, release);
                vm.assertGe(operators.slashedByResults(GATEWAY, MOVER), _coveredSlash());
                ++done["withdraw"];
                _sweep(MOVER);
            } catch {
                vm.assertTrue(epoch < release || forged);
            }
        }
        ++done["moveStake"];
    }

    /// @dev Rules ask for a slash; the next root says so, and anybody carries it out.
    function slashStake(uint96 amount) external {
        _slashAsked += amount % (STAKE / 10);
        if (_tree.length == 0 || _settledSlash <= operators.slashedByResults(GATEWAY, MOVER)) return;
        if (operators.slashable(GATEWAY, MOVER) == 0) return;
        bytes32[] memory proof = MoneyTree.proofOf(_tree, slashLeaf(GATEWAY, MOVER, _settledSlash));
        try operators.slashByResult(GATEWAY, MOVER, _settledSlash, proof) {
            ++done["slashStake"];
        } catch {
            vm.assertTrue(forged);
        }
    }

    /// @dev All verifiers sign totals that nobody earned; the chain takes them or not.
    function forgeResult(uint96 payment, uint96 amount, uint96 basis, uint96 emitted, bool other) external {
        uint32 network = other ? OTHER_NETWORK : NETWORK;
        IResults.Total[] memory totals = new IResults.Total[](7);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, network, payment);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, network, amount);
        totals[2] = IResults.Total(MoneyLeaf.BASIS, network, basis);
        totals[3] = IResults.Total(MoneyLeaf.OPERATIONS, network, payment % 1e18);
        totals[4] = IResults.Total(MoneyLeaf.BOOTSTRAP, network, emitted % 100e18);
        totals[5] = IResults.Total(MoneyLeaf.DUTY, 0, emitted % 80e18);
        totals[6] = IResults.Total(MoneyLeaf.TREASURY, 0, emitted % 60e18);
        IResults.Result memory result = nextResult(keccak256("forged"), totals);
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

        vm.assertLe(paid * 10_000, consumed * (10_000 - M_BPS), "verifiers pay <= (1 - m) basis");
        _checkRevenue();
        _checkEmission();
        _checkSupply(sums.issuedBasis, uint256(one.consumedBasis) + two.consumedBasis);
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

    /// @dev The line of money that demand pays: never more than (1 - mBurn) of what was burned for it.
    function _checkRevenue() private view {
        for (uint32 network = NETWORK; network <= OTHER_NETWORK; ++network) {
            ICredits.NetworkSums memory its = credits.networkSums(network);
            uint256 payments = results.authorised(MoneyLeaf.PAYMENT, network);
            uint256 operations = results.authorised(MoneyLeaf.OPERATIONS, network);
            vm.assertLe(claims.claimedTotal(MoneyLeaf.PAYMENT, network), payments, "claimed <= authorised");
            vm.assertLe(claims.claimedTotal(MoneyLeaf.OPERATIONS, network), operations, "claimed <= authorised");
            vm.assertLe(payments * 10_000, uint256(its.consumedBasis) * (10_000 - M_BPS), "paid <= (1 - m) basis");
            vm.assertLe(operations * 10_000, uint256(its.consumedBasis) * M_OPS_BPS, "operations <= mOps basis");
            vm.assertEq(results.authorised(MoneyLeaf.BASIS, network), its.consumedBasis, "basis settled");
            vm.assertEq(results.authorised(MoneyLeaf.CHARGE, network), its.chargedCredits, "charges settled");
        }
    }

    function _checkEmission() private view {
        (uint64 last, bytes32 hash,) = results.latest();
        if (hash == 0) return;
        uint256 bootstrap = 0;
        for (uint32 network = NETWORK; network <= OTHER_NETWORK; ++network) {
            uint256 its = results.authorised(MoneyLeaf.BOOTSTRAP, network);
            uint256 budget = last < VESTING_EPOCHS ? 0 : networks.bootstrapBudget(network, last - VESTING_EPOCHS);
            vm.assertLe(its, budget, "bootstrap <= vested budget");
            bootstrap += its;
        }
        uint256 limit = last < VESTING_EPOCHS ? 0 : emission.bootstrapUpTo(last - VESTING_EPOCHS);
        vm.assertLe(bootstrap, limit, "bootstrap <= its share of the schedule");
        uint256 duty = results.authorised(MoneyLeaf.DUTY, 0);
        uint256 treasury = results.authorised(MoneyLeaf.TREASURY, 0);
        vm.assertLe(duty, emission.operatorsBetween(0, last), "duty <= its share of the schedule");
        vm.assertLe(treasury, emission.treasuryBetween(0, last), "treasury <= its share of the schedule");
        vm.assertLe(bootstrap + duty + treasury, emission.scheduled(0, last), "emitted <= schedule");
    }

    function _checkSupply(uint256 burned, uint256 basis) private view {
        uint256 funded = claims.fundedTotal();
        uint256 slashed = operators.slashedByResults(GATEWAY, MOVER);
        vm.assertEq(token.totalSupply(), SUPPLY - burned - slashed + funded, "supply = genesis - burned + funded");
        vm.assertEq(token.balanceOf(address(claims)), funded - _claimedOfAll(), "funded = claimed + to be claimed");
        vm.assertLe(funded, results.finalMintable(), "funded <= final");
        uint256 cap = VERIFIERS * STAKE * WINDOW_BPS / 10_000;
        vm.assertLe(funded, cap + cap * (block.timestamp - GENESIS) / WINDOW_SECONDS, "funded within the window");
        vm.assertLe(
            token.totalSupply() + burned,
            SUPPLY + basis * (10_000 - M_BURN_BPS) / 10_000 + emission.scheduled(0, results.nextEpoch()),
            "supply <= genesis - burned + (1 - mBurn) basis + schedule"
        );
        // What the coalition holds are payments and operators' shares: less than it burned for them.
        uint256 coalition = token.balanceOf(COALITION_GATEWAY);
        for (uint256 i = 0; i < ACTORS; ++i) {
            coalition += token.balanceOf(_actor(i));
        }
        vm.assertLe(coalition * 10_000, basis * (10_000 - M_BURN_BPS), "the coalition is never richer");
        vm.assertEq(
            token.balanceOf(address(operators)),
            operators.bonded(VERIFIER) + operators.bonded(GATEWAY) + operators.exitOf(GATEWAY, MOVER).amount,
            "stakes = bonded + leaving"
        );
    }

    function _claimedOfAll() private view returns (uint256 claimed) {
        for (uint32 network = NETWORK; network <= OTHER_NETWORK; ++network) {
            claimed += claims.claimedTotal(MoneyLeaf.PAYMENT, network);
            claimed += claims.claimedTotal(MoneyLeaf.OPERATIONS, network);
            claimed += claims.claimedTotal(MoneyLeaf.BOOTSTRAP, network);
        }
        claimed += claims.claimedTotal(MoneyLeaf.DUTY, 0) + claims.claimedTotal(MoneyLeaf.TREASURY, 0);
    }

    /// @dev Claims what a leaf of the final tree says. An honest claim fails only for lack of room in the window.
    function _claim(uint8 kind, address account, uint32 network, uint256 cumulative) private returns (bool) {
        if (_tree.length == 0 || cumulative <= claims.claimed(kind, account, network)) return false;
        bytes32 leaf = MoneyLeaf.hash(kind, network, MoneyLeaf.subjectOf(account), cumulative);
        try claims.claim(kind, account, network, cumulative, MoneyTree.proofOf(_tree, leaf)) {
            return true;
        } catch (bytes memory failure) {
            vm.assertTrue(forged || bytes4(failure) == IClaims.NotFunded.selector);
            return false;
        }
    }

    /// @dev Emission of the next result, as much as its bounds allow: duty tops the operators' share up.
    function _earnEmission() private {
        (uint64 first, uint64 epoch) = (results.coveredFrom(), results.nextEpoch());
        uint256 pool = _pending[MoneyLeaf.OPERATIONS][NETWORK] + _pending[MoneyLeaf.OPERATIONS][OTHER_NETWORK];
        uint256 share = emission.operatorsBetween(first, epoch);
        _earn(MoneyLeaf.DUTY, 0, share > pool ? share - pool : 0);
        _earn(MoneyLeaf.TREASURY, 0, emission.treasuryBetween(first, epoch));
        if (epoch < VESTING_EPOCHS) return;
        uint256 left = emission.bootstrapUpTo(epoch - VESTING_EPOCHS) - results.authorised(MoneyLeaf.BOOTSTRAP, NETWORK)
            - results.authorised(MoneyLeaf.BOOTSTRAP, OTHER_NETWORK);
        for (uint32 network = NETWORK; network <= OTHER_NETWORK; ++network) {
            uint256 vested = networks.bootstrapBudget(network, epoch - VESTING_EPOCHS)
                - results.authorised(MoneyLeaf.BOOTSTRAP, network);
            if (vested > left) vested = left;
            left -= vested;
            _earn(MoneyLeaf.BOOTSTRAP, network, vested);
        }
    }

    function _earn(uint8 kind, uint32 network, uint256 amount) private {
        _earnedOf[kind][network] += amount;
        _pending[kind][network] += amount;
    }

    /// @dev Totals that the chain accepts now.
    function _possibleTotals(uint256 amount, uint256 basis) private view returns (IResults.Total[] memory totals) {
        ICredits.NetworkSums memory its = credits.networkSums(NETWORK);
        amount = bound(amount, 0, its.reservedCredits);
        basis = amount == 0 ? 0 : bound(basis, 0, its.reservedBasis);
        totals = new IResults.Total[](6);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK, basis * (10_000 - M_BPS) / 10_000);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, amount);
        totals[2] = IResults.Total(MoneyLeaf.BASIS, NETWORK, basis);
        totals[3] = IResults.Total(MoneyLeaf.OPERATIONS, NETWORK, basis * M_OPS_BPS / 10_000);
        (uint64 first, uint64 epoch) = (results.coveredFrom(), results.nextEpoch());
        totals[4] = IResults.Total(MoneyLeaf.DUTY, 0, emission.operatorsBetween(first, epoch));
        totals[5] = IResults.Total(MoneyLeaf.TREASURY, 0, emission.treasuryBetween(first, epoch));
    }

    /// @dev All that a result changes.
    function _books() private view returns (bytes memory books) {
        for (uint8 kind = MoneyLeaf.PAYMENT; kind <= MoneyLeaf.TREASURY; ++kind) {
            for (uint32 network = 0; network <= OTHER_NETWORK; ++network) {
                books = bytes.concat(books, bytes32(results.authorised(kind, network)));
            }
        }
        (uint64 epoch, bytes32 hash, bytes32 root) = results.latest();
        return abi.encode(
            books,
            credits.sums(),
            credits.networkSums(NETWORK),
            abi.encode(epoch, hash, root, results.result(epoch), results.finalMintable()),
            abi.encode(results.nextEpoch(), results.coveredFrom(), results.coveredInputs(), token.totalSupply())
        );
    }

    /// @dev What a slash took at least when the stake left: what the leaf asked for, or all that there was.
    function _coveredSlash() private view returns (uint256) {
        return token.balanceOf(MOVER) > 0 ? _settledSlash : 0;
    }

    function _sweep(address holder) private {
        uint256 balance = token.balanceOf(holder);
        vm.prank(holder);
        token.transfer(address(this), balance);
    }

    function _earnerOf(uint8 kind) private pure returns (address) {
        return kind == MoneyLeaf.OPERATIONS ? COALITION_GATEWAY : EMITTED;
    }

    function _leaves() private view returns (bytes32[] memory leaves) {
        leaves = new bytes32[](_deals.length + 2 * ACTORS + 7);
        uint256 count = 0;
        for (uint256 i = 0; i < _deals.length; ++i) {
            Deal storage deal = _deals[i];
            leaves[count++] = MoneyLeaf.hash(MoneyLeaf.CHARGE, deal.network, deal.id, deal.charged);
        }
        for (uint256 i = 0; i < 2 * ACTORS; ++i) {
            (address seller, uint32 network) = (_actor(i / 2), uint32(1 + i % 2));
            leaves[count++] = paymentLeaf(seller, network, _earned[seller][network]);
        }
        for (uint8 i = 0; i < 6; ++i) {
            (uint8 kind, uint32 network) = _share(i);
            leaves[count++] =
                MoneyLeaf.hash(kind, network, MoneyLeaf.subjectOf(_earnerOf(kind)), _earnedOf[kind][network]);
        }
        leaves[count] = slashLeaf(GATEWAY, MOVER, _slashAsked);
    }

    /// @dev Keeps what the leaves of the accepted tree say.
    function _recordSettled() private {
        for (uint256 i = 0; i < _deals.length; ++i) {
            _settledCharge[_deals[i].id] = _deals[i].charged;
            _inTree[_deals[i].id] = true;
        }
        for (uint256 i = 0; i < 2 * ACTORS; ++i) {
            (address seller, uint32 network) = (_actor(i / 2), uint32(1 + i % 2));
            _settledEarned[seller][network] = _earned[seller][network];
        }
        for (uint8 i = 0; i < 6; ++i) {
            (uint8 kind, uint32 network) = _share(i);
            _settledOf[kind][network] = _earnedOf[kind][network];
        }
        _settledSlash = _slashAsked;
    }

    /// @dev Kinds 4 and 5 of both networks, 6 and 7 of network 0.
    function _share(uint8 i) private pure returns (uint8 kind, uint32 network) {
        return i < 4 ? (MoneyLeaf.OPERATIONS + i / 2, NETWORK + i % 2) : (MoneyLeaf.DUTY + i - 4, 0);
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
