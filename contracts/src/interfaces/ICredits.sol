// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Credits: dollars bought by burning tokens
/// @notice Credits have 18 decimals, are never transferred and never redeemed. A balance keeps its basis: the tokens
/// burned for it. At every moment issued = free + reserved + charged, for credits and for basis.
interface ICredits {
    /// @notice Credits set aside for one seller.
    /// @param payer who reserved
    /// @param network network of the evidence
    /// @param lastEpoch evidence counts up to and including this epoch
    /// @param released whether the unspent rest has returned to the payer
    /// @param seller who alone may be paid from it
    /// @param credits size, fixed
    /// @param basis tokens burned for these credits, fixed
    struct Reservation {
        address payer;
        uint32 network;
        uint64 lastEpoch;
        bool released;
        address seller;
        uint128 credits;
        uint128 basis;
    }

    /// @notice Sums of one network.
    /// @param reservedCredits set aside and neither charged nor returned
    /// @param reservedBasis basis of these
    /// @param chargedCredits charged by accepted results, ever
    /// @param consumedBasis basis of these, ever
    struct NetworkSums {
        uint128 reservedCredits;
        uint128 reservedBasis;
        uint128 chargedCredits;
        uint128 consumedBasis;
    }

    /// @notice Sums over the deployment: issued ever, and free now.
    struct Sums {
        uint128 issuedCredits;
        uint128 issuedBasis;
        uint128 freeCredits;
        uint128 freeBasis;
    }

    /// @notice Tokens of `payer` were burned for credits of `buyer`.
    event CreditsBought(address indexed buyer, uint256 tokens, uint256 credits, uint256 price, address payer);

    /// @notice Credits were set aside.
    event CreditsReserved(
        bytes32 indexed id,
        address indexed payer,
        address indexed seller,
        uint32 network,
        uint256 credits,
        uint256 basis,
        uint64 lastEpoch
    );

    /// @notice The unspent rest of a reservation returned to its payer.
    event ReservationReleased(
        bytes32 indexed id, address indexed payer, uint256 charged, uint256 creditsReturned, uint256 basisReturned
    );

    /// @notice A void result's charges were taken out again.
    event NetworkUnsettled(uint32 indexed network, uint256 credits, uint256 basis);

    /// @notice An accepted result charged a network's reservations.
    event NetworkSettled(uint32 indexed network, uint256 credits, uint256 basis);

    /// @notice Credits for the zero address.
    error InvalidBuyer();

    /// @notice An amount of zero, or so small that it buys nothing.
    error NothingBought();

    /// @notice The credits bought would be fewer than the buyer wanted at least.
    error TooFewCredits(uint256 credits, uint256 minCredits);

    /// @notice A reservation of nothing, or for the zero address.
    error InvalidReservation();

    /// @notice The payer has fewer free credits.
    error InsufficientCredits(uint256 free, uint256 wanted);

    /// @notice The reservation's last epoch is over already.
    error EpochOver(uint64 lastEpoch, uint64 current);

    /// @notice No network has this id.
    error UnknownNetwork(uint32 network);

    /// @notice No reservation has this id.
    error UnknownReservation(bytes32 id);

    /// @notice The reservation was released before.
    error AlreadyReleased(bytes32 id);

    /// @notice The last epoch's result is not final yet.
    error NotSettledYet(uint64 lastEpoch);

    /// @notice The proof does not lead from the charge leaf to the final money root.
    error InvalidProof();

    /// @notice More is charged or returned than the network has reserved.
    error ExceedsReserved(uint32 network, uint256 reserved, uint256 wanted);

    /// @notice Basis is consumed by charges only.
    error BasisWithoutCharge(uint32 network);

    /// @notice Only the Results contract settles.
    error NotResults(address caller);

    /// @notice Burns the caller's tokens (allowance needed) and issues floor(tokens * buyPrice / 1e8) credits.
    /// @return credits issued
    function buy(uint256 tokens, uint256 minCredits) external returns (uint256 credits);

    /// @notice Burns the caller's tokens for credits of another account.
    function buyFor(address buyer, uint256 tokens, uint256 minCredits) external returns (uint256 credits);

    /// @notice The same with an ERC-2612 permit of the caller for this contract over `tokens`. A permit that somebody
    /// else has spent already does no harm.
    function buyWithPermit(uint256 tokens, uint256 minCredits, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 credits);

    /// @notice Sets credits of the caller aside for a seller, with floor(basis * credits / balance) of its basis.
    /// @return id keccak256(abi.encode(deployment, payer, number)), number counting the payer's reservations from 0
    function reserve(uint32 network, address seller, uint256 credits, uint64 lastEpoch) external returns (bytes32 id);

    /// @notice Returns what is unspent of a reservation to its payer, once a result of its last epoch or a later one is
    /// final. By anybody. The leaf (CHARGE, network, id, charged) must be in the final money root; an unused
    /// reservation has a leaf with 0.
    function release(bytes32 id, uint256 charged, bytes32[] calldata proof) external;

    /// @notice Moves a network's reserved credits and basis to charged and consumed. Only for Results.
    function settle(uint32 network, uint256 credits, uint256 basis) external;

    /// @notice Takes the charges of a void result out again. Results only.
    function unsettle(uint32 network, uint256 credits, uint256 basis) external;

    /// @notice Free credits of an account and their basis.
    function account(address owner) external view returns (uint256 credits, uint256 basis);

    /// @notice A reservation; reverts UnknownReservation.
    function reservation(bytes32 id) external view returns (Reservation memory);

    /// @notice The id that the payer's reservation with this number has or will have.
    function reservationId(address payer, uint256 number) external view returns (bytes32);

    /// @notice Reservations that the payer has made.
    function reservationCount(address payer) external view returns (uint256);

    /// @notice Sums of a network.
    function networkSums(uint32 network) external view returns (NetworkSums memory);

    /// @notice Sums of the deployment.
    function sums() external view returns (Sums memory);

    /// @notice The Results contract, the only one that settles.
    function results() external view returns (address);
}
