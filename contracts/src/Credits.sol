// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICredits} from "./interfaces/ICredits.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {INetworkRegistry} from "./interfaces/INetworkRegistry.sol";
import {IPriceOracle} from "./interfaces/IPriceOracle.sol";
import {IResults} from "./interfaces/IResults.sol";
import {MoneyLeaf} from "./libraries/MoneyLeaf.sol";
import {PaymentRule} from "./libraries/PaymentRule.sol";

contract Credits is ICredits {
    using SafeCast for uint256;

    /// @dev A free balance.
    struct Balance {
        uint128 credits;
        uint128 basis;
    }

    IGroundworkToken private immutable _token;
    IPriceOracle private immutable _oracle;
    IDeviceRegistry private immutable _registry;
    INetworkRegistry private immutable _networks;
    IEpochClock private immutable _clock;
    IResults private immutable _results;

    Sums private _sums;
    mapping(address owner => Balance) private _balances;
    mapping(address payer => uint256) private _reservationCounts;
    mapping(bytes32 id => Reservation) private _reservations;
    mapping(uint32 network => NetworkSums) private _networkSums;

    constructor(
        IGroundworkToken token,
        IPriceOracle oracle,
        IDeviceRegistry registry,
        INetworkRegistry networks,
        IEpochClock clock,
        IResults results_
    ) {
        _token = token;
        _oracle = oracle;
        _registry = registry;
        _networks = networks;
        _clock = clock;
        _results = results_;
    }

    /// @inheritdoc ICredits
    function buy(uint256 tokens, uint256 minCredits) external returns (uint256 credits) {
        return _buy(msg.sender, tokens, minCredits);
    }

    /// @inheritdoc ICredits
    function buyFor(address buyer, uint256 tokens, uint256 minCredits) external returns (uint256 credits) {
        require(buyer != address(0), InvalidBuyer());
        return _buy(buyer, tokens, minCredits);
    }

    /// @inheritdoc ICredits
    function buyWithPermit(uint256 tokens, uint256 minCredits, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 credits)
    {
        // Anybody may have sent the permit ahead of us; what counts is the allowance.
        try _token.permit(msg.sender, address(this), tokens, deadline, v, r, s) {} catch {}
        return _buy(msg.sender, tokens, minCredits);
    }

    /// @inheritdoc ICredits
    function reserve(uint32 network, address seller, uint256 credits, uint64 lastEpoch) external returns (bytes32 id) {
        require(credits > 0 && seller != address(0), InvalidReservation());
        require(_networks.exists(network), UnknownNetwork(network));
        uint64 current = _clock.epochAt(block.timestamp);
        require(lastEpoch >= current, EpochOver(lastEpoch, current));

        Balance storage balance = _balances[msg.sender];
        require(credits <= balance.credits, InsufficientCredits(balance.credits, credits));
        uint128 amount = credits.toUint128();
        uint128 basis = Math.mulDiv(balance.basis, credits, balance.credits).toUint128();
        _takeFree(msg.sender, amount, basis);
        NetworkSums storage network_ = _networkSums[network];
        network_.reservedCredits += amount;
        network_.reservedBasis += basis;

        id = reservationId(msg.sender, _reservationCounts[msg.sender]++);
        _reservations[id] = Reservation(msg.sender, network, lastEpoch, false, seller, amount, basis);
        emit CreditsReserved(id, msg.sender, seller, network, amount, basis, lastEpoch);
    }

    /// @inheritdoc ICredits
    function release(bytes32 id, uint256 charged, bytes32[] calldata proof) external {
        Reservation storage item = _reservations[id];
        address payer = item.payer;
        require(payer != address(0), UnknownReservation(id));
        require(!item.released, AlreadyReleased(id));
        (uint64 epoch, bytes32 resultHash, bytes32 root) = _results.finalised();
        require(resultHash != 0 && epoch >= item.lastEpoch, NotSettledYet(item.lastEpoch));
        require(
            MerkleProof.verifyCalldata(proof, root, MoneyLeaf.hash(MoneyLeaf.CHARGE, item.network, id, charged)),
            InvalidProof()
        );

        // Reverts InvalidCharge when more is charged than was reserved.
        uint128 basis = item.basis - PaymentRule.basisConsumed(item.credits, item.basis, 0, charged).toUint128();
        uint128 credits = item.credits - charged.toUint128();
        item.released = true;
        _takeReserved(item.network, credits, basis);
        _addFree(payer, credits, basis);
        emit ReservationReleased(id, payer, charged, credits, basis);
    }

    /// @inheritdoc ICredits
    function settle(uint32 network, uint256 credits, uint256 basis) external {
        require(msg.sender == address(_results), NotResults(msg.sender));
        require(credits > 0 || basis == 0, BasisWithoutCharge(network));
        NetworkSums storage network_ = _takeReserved(network, credits, basis);
        network_.chargedCredits += credits.toUint128();
        network_.consumedBasis += basis.toUint128();
        emit NetworkSettled(network, credits, basis);
    }

    /// @inheritdoc ICredits
    function unsettle(uint32 network, uint256 credits, uint256 basis) external {
        require(msg.sender == address(_results), NotResults(msg.sender));
        NetworkSums storage network_ = _networkSums[network];
        (uint128 charged, uint128 consumed) = (credits.toUint128(), basis.toUint128());
        network_.reservedCredits += charged;
        network_.reservedBasis += consumed;
        network_.chargedCredits -= charged;
        network_.consumedBasis -= consumed;
        emit NetworkUnsettled(network, credits, basis);
    }

    /// @inheritdoc ICredits
    function account(address owner) external view returns (uint256 credits, uint256 basis) {
        Balance storage balance = _balances[owner];
        return (balance.credits, balance.basis);
    }

    /// @inheritdoc ICredits
    function reservation(bytes32 id) external view returns (Reservation memory) {
        require(_reservations[id].payer != address(0), UnknownReservation(id));
        return _reservations[id];
    }

    /// @inheritdoc ICredits
    function reservationCount(address payer) external view returns (uint256) {
        return _reservationCounts[payer];
    }

    /// @inheritdoc ICredits
    function networkSums(uint32 network) external view returns (NetworkSums memory) {
        return _networkSums[network];
    }

    /// @inheritdoc ICredits
    function sums() external view returns (Sums memory) {
        return _sums;
    }

    /// @inheritdoc ICredits
    function results() external view returns (address) {
        return address(_results);
    }

    /// @inheritdoc ICredits
    function reservationId(address payer, uint256 number) public view returns (bytes32) {
        return keccak256(abi.encode(_registry.deployment(), payer, number));
    }

    /// @dev Burns the caller's tokens for credits of the buyer.
    function _buy(address buyer, uint256 tokens, uint256 minCredits) private returns (uint256 credits) {
        uint256 price = _oracle.buyPrice();
        credits = Math.mulDiv(tokens, price, PaymentRule.PRICE_UNIT);
        require(credits > 0, NothingBought());
        require(credits >= minCredits, TooFewCredits(credits, minCredits));
        _token.burnFrom(msg.sender, tokens);
        _sums.issuedCredits += credits.toUint128();
        _sums.issuedBasis += tokens.toUint128();
        _addFree(buyer, credits.toUint128(), tokens.toUint128());
        emit CreditsBought(buyer, tokens, credits, price, msg.sender);
    }

    function _addFree(address owner, uint128 credits, uint128 basis) private {
        Balance storage balance = _balances[owner];
        balance.credits += credits;
        balance.basis += basis;
        _sums.freeCredits += credits;
        _sums.freeBasis += basis;
    }

    function _takeFree(address owner, uint128 credits, uint128 basis) private {
        Balance storage balance = _balances[owner];
        balance.credits -= credits;
        balance.basis -= basis;
        _sums.freeCredits -= credits;
        _sums.freeBasis -= basis;
    }

    function _takeReserved(uint32 network, uint256 credits, uint256 basis)
        private
        returns (NetworkSums storage network_)
    {
        network_ = _networkSums[network];
        (uint128 reservedCredits, uint128 reservedBasis) = (network_.reservedCredits, network_.reservedBasis);
        require(credits <= reservedCredits, ExceedsReserved(network, reservedCredits, credits));
        require(basis <= reservedBasis, ExceedsReserved(network, reservedBasis, basis));
        network_.reservedCredits = reservedCredits - credits.toUint128();
        network_.reservedBasis = reservedBasis - basis.toUint128();
    }
}
