// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Attestations} from "../src/Attestations.sol";
import {Claims} from "../src/Claims.sol";
import {Council} from "../src/Council.sol";
import {Credits} from "../src/Credits.sol";
import {DeviceRegistry} from "../src/DeviceRegistry.sol";
import {DeviceStakes} from "../src/DeviceStakes.sol";
import {EmissionSchedule} from "../src/EmissionSchedule.sol";
import {EpochClock} from "../src/EpochClock.sol";
import {GroundworkGovernor} from "../src/GroundworkGovernor.sol";
import {GroundworkTimelock} from "../src/GroundworkTimelock.sol";
import {GroundworkToken} from "../src/GroundworkToken.sol";
import {NetworkRegistry} from "../src/NetworkRegistry.sol";
import {Operators} from "../src/Operators.sol";
import {PossessionCourt} from "../src/PossessionCourt.sol";
import {PriceOracle} from "../src/PriceOracle.sol";
import {Results} from "../src/Results.sol";
import {Sessions} from "../src/Sessions.sol";
import {Slashing} from "../src/Slashing.sol";
import {IAggregatorV3} from "../src/interfaces/IAggregatorV3.sol";
import {IEmissionSchedule} from "../src/interfaces/IEmissionSchedule.sol";
import {INetworkRegistry} from "../src/interfaces/INetworkRegistry.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {TestFeed} from "../src/local/TestFeed.sol";
import {MoneyTree} from "./support/MoneyTree.sol";
import {Test} from "./support/Test.sol";

/// @title A deployment, made exactly in the order of README.md
/// @notice Four verifiers and a gateway join before genesis; two networks with bootstrap exist; the clock stands at
/// genesis. The test contract holds the genesis supply and is the founder; the timelock owns what can be owned.
abstract contract Deployment is Test {
    uint64 internal constant GENESIS = 1_800_000_000;
    uint32 internal constant SLOT_SECONDS = 60;
    uint32 internal constant SLOTS_PER_EPOCH = 60;
    uint32 internal constant COMMIT_SLOTS = 5;
    uint32 internal constant EPOCH_SECONDS = SLOT_SECONDS * SLOTS_PER_EPOCH;

    uint32 internal constant MAX_AGE = 1 hours;
    uint16 internal constant MAX_DEVIATION_BPS = 500;
    uint8 internal constant HISTORY = 4;
    uint32 internal constant MAX_QUIET_SLOTS = 120;

    uint256 internal constant SUPPLY = 1_000_000_000e18;
    uint256 internal constant STAKE = 1_000e18;
    uint32 internal constant EXIT_EPOCHS = 3;
    uint16 internal constant M_BURN_BPS = 1_000;
    uint16 internal constant M_OPS_BPS = 1_000;
    uint32 internal constant DISPUTE_SLOTS = 10;
    uint32 internal constant SKIP_EPOCHS = 2;
    uint32 internal constant VESTING_EPOCHS = 4;
    uint16 internal constant WINDOW_BPS = 5_000;
    uint32 internal constant WINDOW_SLOTS = 1_440;
    uint256 internal constant WINDOW_SECONDS = uint256(WINDOW_SLOTS) * SLOT_SECONDS;
    uint256 internal constant BOND = 100e18;
    uint256 internal constant COUNCILLORS = 3;
    uint256 internal constant COURT_BOND = 10e18;
    uint32 internal constant COURT_SLOTS = 30;
    uint16 internal constant COURT_CHALLENGES = 8;
    uint256 internal constant M_BPS = M_BURN_BPS + M_OPS_BPS;

    uint8 internal constant VERIFIER = 1;
    uint8 internal constant GATEWAY = 2;
    uint256 internal constant VERIFIERS = 4;
    uint32 internal constant NETWORK = 1;
    uint32 internal constant OTHER_NETWORK = 2;

    TestFeed internal feedA;
    TestFeed internal feedB;
    EpochClock internal clock;
    DeviceRegistry internal registry;
    GroundworkTimelock internal timelock;
    NetworkRegistry internal networks;
    PriceOracle internal oracle;
    GroundworkToken internal token;
    Credits internal credits;
    Operators internal operators;
    DeviceStakes internal deviceStakes;
    EmissionSchedule internal emission;
    Council internal council;
    Slashing internal slashing;
    Results internal results;
    Claims internal claims;
    GroundworkGovernor internal governor;
    Sessions internal sessions;
    Attestations internal attestations;
    PossessionCourt internal court;

    /// @dev Ascending by address, as signatures must be.
    uint256[] internal verifierKeys;
    address internal gateway;

    uint256 private _firstNonce;

    function setUp() public virtual {
        vm.warp(GENESIS - 1_000);
        deploy();
        joinOperators();
        networks.create("storage", keccak256("rules"), "{}", bootstrapOf(40e18, 0, 100));
        networks.create("sensing", keccak256("rules"), "{}", bootstrapOf(20e18, 2, 12));
        vm.warp(GENESIS);
    }

    function deploy() internal {
        (IAggregatorV3 first, IAggregatorV3 second, uint32 maxAge) = deployFeeds();
        _firstNonce = vm.getNonce(address(this));
        clock = new EpochClock(GENESIS, SLOT_SECONDS, SLOTS_PER_EPOCH, COMMIT_SLOTS);
        registry = new DeviceRegistry();
        timelock = new GroundworkTimelock(1 hours, _step(15));
        networks = new NetworkRegistry(_step(3), address(this), GENESIS + 7 days, clock, Operators(_step(8)));
        oracle = new PriceOracle(clock, first, second, maxAge, MAX_DEVIATION_BPS, HISTORY, MAX_QUIET_SLOTS);
        token = new GroundworkToken("Groundwork", "GRND", _step(14), address(this), SUPPLY);
        credits = new Credits(token, oracle, registry, networks, clock, Results(_step(13)));
        operators = new Operators(token, clock, Results(_step(13)), _step(12), STAKE, STAKE / 10, EXIT_EPOCHS);
        deviceStakes = new DeviceStakes(token, registry, clock, Results(_step(13)), EXIT_EPOCHS);
        emission = new EmissionSchedule(scheduleOf());
        council = new Council(
            token, clock, operators, Results(_step(13)), _step(3), BOND, SLOTS_PER_EPOCH, councillors(), 365 days
        );
        slashing =
            new Slashing(token, clock, registry, operators, Results(_step(13)), council, _step(3), SLOTS_PER_EPOCH);
        results = new Results(wiringOf(), parametersOf());
        claims = new Claims(token, results, operators, clock, WINDOW_BPS, WINDOW_SLOTS);
        governor = new GroundworkGovernor(
            token, timelock, GroundworkGovernor.Parameters(1 hours, 1 days, SUPPLY / 1_000, 4, 1 hours)
        );
        sessions = new Sessions(registry, networks, clock);
        attestations = new Attestations(token, _step(3), STAKE, 30 days);
        court =
            new PossessionCourt(token, registry, clock, operators, credits, COURT_BOND, COURT_SLOTS, COURT_CHALLENGES);
    }

    /// @dev Before step 1: what the oracle reads.
    function deployFeeds() internal virtual returns (IAggregatorV3, IAggregatorV3, uint32 maxAge) {
        feedA = new TestFeed(8, 2e8, address(this));
        feedB = new TestFeed(8, 2e8, address(this));
        return (feedA, feedB, MAX_AGE);
    }

    function scheduleOf() internal pure returns (IEmissionSchedule.Schedule memory) {
        return IEmissionSchedule.Schedule({
            initialRate: 100e18,
            periodEpochs: 24,
            declineBps: 9_000,
            hardCap: 24_000e18,
            bootstrapBps: 5_000,
            operatorsBps: 3_000,
            treasuryBps: 2_000,
            treasury: accountOf("treasury")
        });
    }

    function bootstrapOf(uint128 initial, uint64 start, uint64 end)
        internal
        pure
        returns (INetworkRegistry.Bootstrap memory)
    {
        return INetworkRegistry.Bootstrap(initial, start, end, 1_000, 10, 1e18);
    }

    function wiringOf() internal view returns (Results.Wiring memory) {
        return Results.Wiring(clock, registry, operators, credits, networks, emission, address(council));
    }

    function parametersOf() internal pure returns (Results.Parameters memory) {
        return Results.Parameters(0, M_BURN_BPS, M_OPS_BPS, DISPUTE_SLOTS, SKIP_EPOCHS, VESTING_EPOCHS);
    }

    function councillors() internal pure returns (address[] memory list) {
        list = new address[](COUNCILLORS);
        for (uint256 i = 0; i < COUNCILLORS; ++i) {
            list[i] = accountOf(string.concat("councillor ", vm.toString(i)));
        }
    }

    function joinOperators() internal {
        uint256[] memory keys = new uint256[](VERIFIERS);
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            uint256 key = keyOf(string.concat("verifier ", vm.toString(i)));
            uint256 j = i;
            for (; j > 0 && vm.addr(keys[j - 1]) > vm.addr(key); --j) {
                keys[j] = keys[j - 1];
            }
            keys[j] = key;
        }
        verifierKeys = keys;
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            address signer = vm.addr(keys[i]);
            join(VERIFIER, signer, signer, STAKE);
        }
        gateway = accountOf("gateway");
        join(GATEWAY, gateway, gateway, STAKE);
    }

    function join(uint8 role, address operator, address signer, uint256 amount) internal {
        fund(operator, amount, address(operators));
        vm.prank(operator);
        operators.join(role, signer, "http://127.0.0.1", amount);
    }

    function fund(address holder, uint256 amount, address spender) internal {
        token.transfer(holder, amount);
        vm.prank(holder);
        token.approve(spender, amount);
    }

    /// @dev Sets both feeds now and takes the slot's checkpoint.
    function setPrices(uint256 a, uint256 b) internal {
        feedA.set(int256(a));
        feedB.set(int256(b));
        oracle.checkpoint();
    }

    function nextSlot() internal {
        vm.warp(block.timestamp + SLOT_SECONDS);
    }

    function buy(address buyer, uint256 tokens) internal returns (uint256) {
        fund(buyer, tokens, address(credits));
        vm.prank(buyer);
        return credits.buy(tokens, 0);
    }

    function reserve(address payer, address seller, uint256 amount, uint64 lastEpoch) internal returns (bytes32) {
        vm.prank(payer);
        return credits.reserve(NETWORK, seller, amount, lastEpoch);
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Signatures of the first `count` verifiers.
    function signatures(bytes32 digest, uint256 count) internal view returns (bytes[] memory list) {
        list = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = sign(verifierKeys[i], digest);
        }
    }

    /// @dev The next result, as honest verifiers would fill it in.
    function nextResult(bytes32 moneyRoot, IResults.Total[] memory totals)
        internal
        view
        returns (IResults.Result memory)
    {
        uint64 epoch = results.nextEpoch();
        (, bytes32 parent,) = results.latest();
        return IResults.Result({
            deployment: registry.deployment(),
            epoch: epoch,
            attempt: results.attempt(),
            closeBlock: keccak256(abi.encode("close", epoch)),
            parent: parent,
            inputs: results.coveredInputs(),
            rules: keccak256("rules"),
            carryRoot: keccak256(abi.encode("carry", epoch)),
            moneyRoot: moneyRoot,
            totals: totals
        });
    }

    /// @dev Waits for the commit deadline if need be, and submits with three of four verifiers.
    function settle(bytes32 moneyRoot, IResults.Total[] memory totals) internal {
        IResults.Result memory result = nextResult(moneyRoot, totals);
        uint256 deadline = clock.commitDeadlineOf(result.epoch);
        if (block.timestamp < deadline) vm.warp(deadline);
        results.submit(result, signatures(results.resultDigest(result), 3));
    }

    /// @dev Lets the dispute window of all accepted results pass, and moves the final head on over them.
    function makeFinal() internal {
        vm.warp(block.timestamp + uint256(DISPUTE_SLOTS) * SLOT_SECONDS);
        results.finalise(type(uint256).max);
    }

    function settleFinal(bytes32 moneyRoot, IResults.Total[] memory totals) internal {
        settle(moneyRoot, totals);
        makeFinal();
    }

    function settleEmpty() internal {
        settle(keccak256("empty"), new IResults.Total[](0));
    }

    /// @dev The totals of one network.
    function totalsOf(uint32 network, uint256 payment, uint256 charge, uint256 basis)
        internal
        pure
        returns (IResults.Total[] memory totals)
    {
        totals = new IResults.Total[](3);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, network, payment);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, network, charge);
        totals[2] = IResults.Total(MoneyLeaf.BASIS, network, basis);
    }

    function paymentLeaf(address account, uint32 network, uint256 cumulative) internal pure returns (bytes32) {
        return MoneyLeaf.hash(MoneyLeaf.PAYMENT, network, MoneyLeaf.subjectOf(account), cumulative);
    }

    function slashLeaf(uint8 role, address operator, uint256 cumulative) internal pure returns (bytes32) {
        return MoneyLeaf.hash(MoneyLeaf.SLASH, 0, MoneyLeaf.operatorSubject(role, operator), cumulative);
    }

    function pair(bytes32 a, bytes32 b) internal pure returns (bytes32[] memory tree) {
        bytes32[] memory leaves = new bytes32[](2);
        (leaves[0], leaves[1]) = (a, b);
        return MoneyTree.build(leaves);
    }

    function proofOf(bytes32[] memory tree, bytes32 leaf) internal pure returns (bytes32[] memory) {
        return MoneyTree.proofOf(tree, leaf);
    }

    /// @dev The address of the contract of a step of README.md.
    function _step(uint256 step) private view returns (address) {
        return vm.computeCreateAddress(address(this), _firstNonce + step - 1);
    }
}
