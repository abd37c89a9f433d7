// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IClaims} from "./interfaces/IClaims.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {IResults} from "./interfaces/IResults.sol";
import {MoneyLeaf} from "./libraries/MoneyLeaf.sol";

contract Claims is IClaims {
    uint256 public constant MAX_BATCH = 64;

    IGroundworkToken private immutable _token;
    IResults private immutable _results;

    mapping(address account => mapping(uint32 network => uint256)) private _claimed;
    mapping(uint32 network => uint256) private _claimedTotals;

    constructor(IGroundworkToken token, IResults results) {
        require(token.minter() == address(this), WrongWiring());
        _token = token;
        _results = results;
    }

    /// @inheritdoc IClaims
    function claim(address account, uint32 network, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount)
    {
        amount = _claim(account, network, cumulative, proof);
        require(amount > 0, NothingToClaim(account, network));
        _token.mint(account, amount);
    }

    /// @inheritdoc IClaims
    function claimMany(
        address account,
        uint32[] calldata networks,
        uint256[] calldata cumulatives,
        bytes32[][] calldata proofs
    ) external returns (uint256 amount) {
        uint256 count = networks.length;
        require(count > 0 && count <= MAX_BATCH, InvalidBatch());
        require(cumulatives.length == count && proofs.length == count, InvalidBatch());
        for (uint256 i = 0; i < count; ++i) {
            amount += _claim(account, networks[i], cumulatives[i], proofs[i]);
        }
        require(amount > 0, NothingToClaim(account, networks[0]));
        _token.mint(account, amount);
    }

    /// @inheritdoc IClaims
    function claimed(address account, uint32 network) external view returns (uint256) {
        return _claimed[account][network];
    }

    /// @inheritdoc IClaims
    function claimedTotal(uint32 network) external view returns (uint256) {
        return _claimedTotals[network];
    }

    /// @dev Books a claim and returns what is to be minted: zero when nothing is left, whatever the proof.
    function _claim(address account, uint32 network, uint256 cumulative, bytes32[] calldata proof)
        private
        returns (uint256 amount)
    {
        uint256 before = _claimed[account][network];
        if (cumulative <= before) return 0;
        (,, bytes32 root) = _results.latest();
        bytes32 leaf = MoneyLeaf.hash(MoneyLeaf.PAYMENT, network, MoneyLeaf.subjectOf(account), cumulative);
        require(MerkleProof.verifyCalldata(proof, root, leaf), InvalidProof());

        amount = cumulative - before;
        uint256 total = _claimedTotals[network] + amount;
        uint256 authorised = _results.authorised(MoneyLeaf.PAYMENT, network);
        require(total <= authorised, ExceedsAuthorised(network, total, authorised));
        _claimedTotals[network] = total;
        _claimed[account][network] = cumulative;
        emit Claimed(account, network, amount, cumulative);
    }
}
